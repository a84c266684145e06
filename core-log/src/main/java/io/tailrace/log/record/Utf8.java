package io.tailrace.log.record;

import java.nio.charset.StandardCharsets;

/** Header keys as UTF-8, without an array on the way when they are ASCII, as nearly all are. */
final class Utf8 {
    private Utf8() {}

    static int size(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns the index behind the last byte written. */
    static int put(byte[] target, int at, String text) {
        if (!isAscii(text)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, target, at, bytes.length);
            return at + bytes.length;
        }
        for (int i = 0; i < text.length(); i++) {
            target[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
