using DreamViz.Engine.Models;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Estimators.Pathwise;

/// <summary>What is learned about the shape of relaxed control variates: log τ and the scale c of every latent layer.</summary>
internal sealed class ControlShapes
{
    private const int LogTemperatureColumn = 0, ScaleColumn = 1;

    /// <summary>c = 1, τ as the settings say.</summary>
    public ControlShapes(int latentLayers, double temperature)
    {
        Parameter = new Parameter("control.shapes", latentLayers, 2);
        for (int l = 0; l < latentLayers; l++)
        {
            Parameter.Value[l, LogTemperatureColumn] = (float)Math.Log(temperature);
            Parameter.Value[l, ScaleColumn] = 1;
        }
    }

    /// <summary>[L, 2] log τ and c.</summary>
    public Parameter Parameter { get; }

    /// <summary>τ of a latent layer, from 1.</summary>
    public double Temperature(int layer) => Math.Exp(Parameter.Value[layer - 1, LogTemperatureColumn]);

    /// <summary>c of a latent layer, from 1.</summary>
    public double Scale(int layer) => Parameter.Value[layer - 1, ScaleColumn];

    /// <summary>Sets the gradient of what is to rise, by log τ and c of a latent layer.</summary>
    public void SetGradient(int layer, double byLogTemperature, double byScale)
    {
        Parameter.Gradient[layer - 1, LogTemperatureColumn] = (float)byLogTemperature;
        Parameter.Gradient[layer - 1, ScaleColumn] = (float)byScale;
    }

    /// <summary>Brings temperatures back into the range of <see cref="TrainingSettings.Temperature"/>.</summary>
    public void Clamp()
    {
        for (int l = 0; l < Parameter.Rows; l++)
        {
            ref float logTemperature = ref Parameter.Value.Row(l)[LogTemperatureColumn];
            logTemperature = Math.Clamp(logTemperature, MathF.Log((float)TrainingSettings.LowestTemperature),
                MathF.Log((float)TrainingSettings.HighestTemperature));
        }
    }
}
