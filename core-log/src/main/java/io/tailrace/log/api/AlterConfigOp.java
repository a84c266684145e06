package io.tailrace.log.api;

import java.util.Optional;

/**
 * One change of a config; the others stay as they are.
 *
 * @param value to be set; empty takes the default again
 */
public record AlterConfigOp(String name, Optional<String> value) {

    public static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(name, Optional.of(value));
    }

    public static AlterConfigOp delete(String name) {
        return new AlterConfigOp(name, Optional.empty());
    }
}
