package io.tailrace.common.errors;

import java.io.Serial;

/**
 * Committed offsets cannot be deleted while a member of the group subscribes to the topic.
 */
public final class GroupSubscribedToTopicException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public GroupSubscribedToTopicException(String message) {
        super(message);
    }
}
