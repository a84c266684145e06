package io.tailrace.cli;

import io.tailrace.cli.console.CommandException;
import io.tailrace.cli.console.CommandRoot;
import io.tailrace.cli.console.ProgressDisplay;
import io.tailrace.cli.samples.DemoCommand;
import io.tailrace.cli.samples.FlightsCommand;
import io.tailrace.cli.samples.GenerateFlightsCommand;
import io.tailrace.cli.samples.QuakesCommand;
import io.tailrace.cli.samples.WordCountCommand;
import io.tailrace.cli.tools.ConsumeCommand;
import io.tailrace.cli.tools.GroupsCommand;
import io.tailrace.cli.tools.LogCommand;
import io.tailrace.cli.tools.ProduceCommand;
import io.tailrace.cli.tools.StreamsCommand;
import io.tailrace.cli.tools.TopicsCommand;
import io.tailrace.common.Time;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.samples.Progress;
import java.io.InputStream;
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
        description =
                "Tools for the data directories of Tailrace, an event log and stream processing library inside the"
                        + " JVM; and its samples.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, for the reason that is printed", "2:wrong options"},
        subcommands = {
            TopicsCommand.class,
            ProduceCommand.class,
            ConsumeCommand.class,
            GroupsCommand.class,
            LogCommand.class,
            StreamsCommand.class,
            DemoCommand.class,
            FlightsCommand.class,
            GenerateFlightsCommand.class,
            WordCountCommand.class,
            QuakesCommand.class
        })
public final class TailraceCommand implements Runnable, CommandRoot {
    private static final int FAILED = CommandException.FAILED;
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
    private final InputStream in;

    TailraceCommand(Progress progress, InputStream in) {
        this.progress = progress;
        this.in = in;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.watch(Thread.currentThread());
        int exitCode = run(out, err, ProgressDisplay.onStderr(err, Time.SYSTEM), System.in, args);
        interruption.commandEnded();
        System.exit(exitCode);
    }

    /** @return the exit code */
    static int run(PrintWriter out, PrintWriter err, Progress progress, InputStream in, String... args) {
        return new CommandLine(new TailraceCommand(progress, in))
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, ignored) -> wrongOptions(e))
                .setExecutionExceptionHandler((e, command, ignored) -> failed(e, command))
                .execute(args);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public Time time() {
        return Time.SYSTEM;
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
            return exitCode(e);
        }
        boolean expected = e instanceof TailraceException;
        String message = oneLine(messageOf(e));
        err.println("tailrace: "
                + (expected
                        ? message
                        : "internal error: " + e.getClass().getSimpleName() + ": " + message
                                + "; run again with --stacktrace and report it"));
        return exitCode(e);
    }

    private static int exitCode(Exception e) {
        return e instanceof CommandException failure ? failure.exitCode() : FAILED;
    }

    private static String messageOf(Exception e) {
        String message = e.getMessage();
        return message == null ? "no message" : message;
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
