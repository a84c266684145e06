package io.tailrace.cli;

import io.tailrace.samples.Progress;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What a call of the command line printed, and its exit code. */
record Cli(int exitCode, String out, String err) {
    static Cli run(Object... args) {
        return runWith("", args);
    }

    /** With text on standard input. */
    static Cli runWith(String input, Object... args) {
        return runWith(input.getBytes(StandardCharsets.UTF_8), args);
    }

    static Cli runWith(byte[] input, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        int exitCode = TailraceCommand.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Progress.SILENT,
                new ByteArrayInputStream(input),
                texts);
        return new Cli(exitCode, out.toString(), err.toString());
    }
}
