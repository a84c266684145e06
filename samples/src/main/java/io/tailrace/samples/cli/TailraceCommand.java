package io.tailrace.samples.cli;

import io.tailrace.common.Time;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.samples.Progress;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Entry of the command line.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong options. A failure is one line on stderr that begins with {@code tailrace:}.
 */
@Command(
        name = "tailrace",
        description = "Runs the samples of Tailrace, an event log and stream processing library inside the JVM.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, for the reason that is printed", "2:wrong options"},
        subcommands = {
            DemoCommand.class,
            FlightsCommand.class,
            GenerateFlightsCommand.class,
            WordCountCommand.class,
            QuakesCommand.class
        })
public final class TailraceCommand implements Runnable {
    private static final int FAILED = 1;
    private static final int WRONG_OPTIONS = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli
    private CommandSpec spec;

    @Option(
            names = {"-X", "--stacktrace"},
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of a failure, for a bug report.")
    private boolean stacktrace;

    private final Progress progress;

    TailraceCommand(Progress progress) {
        this.progress = progress;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.watch(Thread.currentThread());
        int exitCode = run(out, err, ProgressDisplay.onStderr(err, Time.SYSTEM), args);
        interruption.commandEnded();
        System.exit(exitCode);
    }

    /** @return the exit code */
    static int run(PrintWriter out, PrintWriter err, Progress progress, String... args) {
        return new CommandLine(new TailraceCommand(progress))
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, ignored) -> wrongOptions(e))
                .setExecutionExceptionHandler((e, command, ignored) -> failed(e, command))
                .execute(args);
    }

    Progress progress() {
        return progress;
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static int wrongOptions(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("tailrace: " + oneLine(messageOf(e)) + "; see '" + name + " --help'");
        return WRONG_OPTIONS;
    }

    private static int failed(Exception e, CommandLine command) {
        TailraceCommand root = (TailraceCommand) command.getCommandSpec().root().userObject();
        PrintWriter err = command.getErr();
        if (root.stacktrace) {
            e.printStackTrace(err);
        }
        if (Thread.currentThread().isInterrupted()) {
            err.println("tailrace: interrupted; run again to go on");
            return FAILED;
        }
        boolean expected = e instanceof TailraceException;
        String message = oneLine(messageOf(e));
        err.println("tailrace: "
                + (expected
                        ? message
                        : "internal error: " + e.getClass().getSimpleName() + ": " + message
                                + "; run again with --stacktrace and report it"));
        return FAILED;
    }

    private static String messageOf(Exception e) {
        String message = e.getMessage();
        return message == null ? "no message" : message;
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
