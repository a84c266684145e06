package io.tailrace.log.partition;

import java.io.Serial;

/** An index file disagrees with itself or its log. Never leaves this package: the index is made again from the log. */
final class InvalidIndexException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    InvalidIndexException(String found) {
        super(found);
    }
}
