package io.tailrace.cli.tools;

import io.tailrace.cli.console.ByteMeter;
import io.tailrace.cli.console.CommandRoot;
import io.tailrace.cli.console.JsonLine;
import io.tailrace.cli.console.Table;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every tool has: a data directory, and output for people or as JSON. */
@SuppressWarnings("NullAway.Init") // injected by picocli
abstract class ToolCommand implements Callable<Integer> {
    static final int DONE = 0;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Option(names = "--json", description = "Print JSON objects, one a line, instead of text for people.")
    private boolean json;

    DataDirectory data() {
        return data;
    }

    boolean json() {
        return json;
    }

    CommandRoot root() {
        return CommandRoot.of(spec);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    void print(JsonLine object) {
        out().println(object);
    }

    void print(Table table) {
        table.print(out());
    }

    ByteMeter meter(String verb) {
        return new ByteMeter(root().progress(), verb);
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
