package io.tailrace.cli.console;

import io.tailrace.common.Time;
import io.tailrace.samples.Progress;
import java.io.InputStream;
import picocli.CommandLine.Model.CommandSpec;

/** What the entry of the command line gives to its commands. */
public interface CommandRoot {

    /** Shows how far a long step is. */
    Progress progress();

    /** Standard input. */
    InputStream in();

    Time time();

    /** The root that a command, however deep, belongs to. */
    static CommandRoot of(CommandSpec command) {
        return (CommandRoot) command.root().userObject();
    }
}
