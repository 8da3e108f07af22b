using Decoder.Terminal;

return await Application.RunAsync(args);
