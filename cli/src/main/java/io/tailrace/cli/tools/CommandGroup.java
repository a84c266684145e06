package io.tailrace.cli.tools;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands below it. */
@SuppressWarnings("NullAway.Init") // injected by picocli
abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without one of them. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command given, expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
