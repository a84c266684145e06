package io.tailrace.common.errors;

import java.io.Serial;

/**
 * Offsets were not committed because the group moved on without this member: its partitions may belong to another member
 * already. What was processed since the last commit may be processed again.
 */
public final class CommitFailedException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public CommitFailedException(String message) {
        super(message);
    }
}
