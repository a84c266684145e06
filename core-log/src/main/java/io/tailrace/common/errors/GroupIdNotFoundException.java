package io.tailrace.common.errors;

import java.io.Serial;

/**
 * There is no consumer group of that name: none with members and none with committed offsets.
 */
public final class GroupIdNotFoundException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public GroupIdNotFoundException(String message) {
        super(message);
    }
}
