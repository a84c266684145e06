package io.tailrace.cli.tools;

import picocli.CommandLine.Option;

/** How a command shows keys and values. */
@SuppressWarnings("NullAway.Init") // injected by picocli
final class FormatOptions {
    @Option(
            names = "--key-format",
            paramLabel = "FORMAT",
            defaultValue = "string",
            description = "string, hex, base64, json or long; default: string.")
    private String keyFormat;

    @Option(names = "--value-format", paramLabel = "FORMAT", defaultValue = "string", description = "As --key-format.")
    private String valueFormat;

    Format key() {
        return Format.of("--key-format", keyFormat);
    }

    Format value() {
        return Format.of("--value-format", valueFormat);
    }
}
