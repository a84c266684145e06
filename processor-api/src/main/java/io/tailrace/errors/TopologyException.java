package io.tailrace.errors;

import java.io.Serial;

/** A topology that cannot be built: the message names the node, topic or store and says how to fix it. */
public class TopologyException extends StreamsException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TopologyException(String message) {
        super("Invalid topology: " + message);
    }

    public TopologyException(Throwable cause) {
        super(cause);
    }

    public TopologyException(String message, Throwable cause) {
        super("Invalid topology: " + message, cause);
    }
}
