package io.tailrace.errors;

import java.io.Serial;

/** An internal topic exists with a partition count or a configuration that does not fit the topology. */
public class MisconfiguredInternalTopicException extends StreamsException {
    @Serial
    private static final long serialVersionUID = 1L;

    public MisconfiguredInternalTopicException(String message) {
        super(message);
    }
}
