package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A topic name, or what is asked of a topic, breaks a rule.
 */
public final class InvalidTopicException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;

    /** @param reason the rule that is broken, for example {@code "longer than 249 characters"} */
    public InvalidTopicException(String topic, String reason) {
        super("topic '" + topic + "' is not valid: " + reason);
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
