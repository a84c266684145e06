package io.tailrace.log.catalog;

import io.tailrace.common.errors.InvalidTopicException;

/** The rules for topic names, which are Kafka's: a name is also part of a directory's name. */
public final class TopicName {
    private static final int MAX_LENGTH = 249; // 255, the longest file name, less "-" and a partition number

    private TopicName() {}

    /** @throws InvalidTopicException when the name breaks a rule */
    public static void check(String name) {
        if (name.isEmpty()) {
            throw new InvalidTopicException(name, "the name is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new InvalidTopicException(name, "the name is '.' or '..'");
        }
        if (name.length() > MAX_LENGTH) {
            throw new InvalidTopicException(
                    name, "the name has " + name.length() + " characters, expected at most " + MAX_LENGTH);
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isLegal(name.charAt(i))) {
                throw new InvalidTopicException(
                        name, "character " + (i + 1) + " is not one of a-z, A-Z, 0-9, '.', '_' and '-'");
            }
        }
    }

    private static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
