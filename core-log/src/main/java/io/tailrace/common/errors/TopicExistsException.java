package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A topic was to be created under a name that is taken.
 */
public final class TopicExistsException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;

    public TopicExistsException(String topic) {
        super("topic '" + topic + "' exists already; choose another name or delete it first");
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
