namespace DreamViz.Viz.Screens.Browser;

/// <summary>What a window may do.</summary>
internal enum Standing : byte
{
    /// <summary>Its input counts, and frames have its size.</summary>
    Controls = 1,

    /// <summary>It watches, and may ask for or take control.</summary>
    Watches,

    /// <summary>It watches; nobody controls a server that is open to others.</summary>
    ViewOnly,
}
