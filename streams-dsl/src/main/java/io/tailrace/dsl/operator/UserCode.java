package io.tailrace.dsl.operator;

import org.jspecify.annotations.Nullable;

/** The door to functions of the user's own. */
final class UserCode {
    private UserCode() {}

    /**
     * A key or value on its way into a user's function. The parameters of these functions do not say whether they may be
     * null, because that depends on the user's data: a null is handed over as it is.
     */
    @SuppressWarnings("NullAway") // the one place where records, which may hold null, meet types that do not say so
    static <T> T asGiven(@Nullable T keyOrValue) {
        return keyOrValue;
    }

    /** @throws NullPointerException with a message that names the function, where null makes no sense as its result */
    static <T> T required(@Nullable T result, String function) {
        if (result == null) {
            throw new NullPointerException("the function given to " + function + " returned null");
        }
        return result;
    }
}
