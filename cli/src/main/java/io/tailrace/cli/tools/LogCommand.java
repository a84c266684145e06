package io.tailrace.cli.tools;

import picocli.CommandLine.Command;

/** {@code tailrace log}. */
@Command(
        name = "log",
        description = "Looks at, checks, rescues and copies the files of a log.",
        subcommands = {LogDumpCommand.class, LogVerifyCommand.class, LogSalvageCommand.class, LogBackupCommand.class})
public final class LogCommand extends CommandGroup {}
