package io.tailrace.common.errors;

import java.io.Serial;

/**
 * What was asked for is possible only for a group without members.
 */
public final class GroupNotEmptyException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public GroupNotEmptyException(String message) {
        super(message);
    }
}
