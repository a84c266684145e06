package io.tailrace.errors;

import java.io.Serial;

/** A topic that the topology reads does not exist: create it before the application starts. */
public class MissingSourceTopicException extends StreamsException {
    @Serial
    private static final long serialVersionUID = 1L;

    public MissingSourceTopicException(String message) {
        super(message);
    }
}
