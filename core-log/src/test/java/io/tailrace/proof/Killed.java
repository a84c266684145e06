package io.tailrace.proof;

import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.EmbeddedLog;

/** Ends the threads of a log whose storage was taken away, as it is from a killed process. */
final class Killed {
    private Killed() {}

    static void end(EmbeddedLog log) {
        try {
            log.close();
        } catch (TailraceException e) {
            // Its files refuse everything: there is nothing that it could still do.
        }
    }
}
