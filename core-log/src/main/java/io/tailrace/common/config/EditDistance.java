package io.tailrace.common.config;

/** Levenshtein's distance: how many letters must be put in, taken out or replaced to turn one word into the other. */
final class EditDistance {
    private EditDistance() {}

    /** Near enough for "did you mean": a typing error or two, not another word. */
    static boolean isNear(String word, String known) {
        return between(word, known) <= Math.min(3, known.length() / 3);
    }

    static int between(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
