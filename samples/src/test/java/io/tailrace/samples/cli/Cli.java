package io.tailrace.samples.cli;

import io.tailrace.samples.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a call of the command line printed, and its exit code. */
record Cli(int exitCode, String out, String err) {
    static Cli run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        int exitCode =
                TailraceCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), Progress.SILENT, texts);
        return new Cli(exitCode, out.toString(), err.toString());
    }
}
