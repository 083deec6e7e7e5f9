using Microsoft.AspNetCore.Http;

namespace DreamViz.Viz.Screens.Browser;

/// <summary>What every answer tells the browser to forbid: anything that is not the page itself.</summary>
internal static class SecurityHeaders
{
    /// <summary>Sets them.</summary>
    /// <param name="headers">Of the answer.</param>
    /// <param name="authority">Host and port of the request, already checked.</param>
    public static void Apply(IHeaderDictionary headers, string authority)
    {
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
            + $"connect-src ws://{authority}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()";
    }
}
