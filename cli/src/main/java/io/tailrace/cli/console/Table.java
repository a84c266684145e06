package io.tailrace.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns. Owner: one thread. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;
    private final int[] widths;

    /** @param titles of the columns; one that begins with {@code >} is aligned to the right */
    public Table(String... titles) {
        right = new boolean[titles.length];
        widths = new int[titles.length];
        String[] row = new String[titles.length];
        for (int column = 0; column < titles.length; column++) {
            right[column] = titles[column].startsWith(">");
            row[column] = right[column] ? titles[column].substring(1) : titles[column];
        }
        row(row);
    }

    /** Adds a row with as many cells as there are titles. */
    public void row(String... cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells[column].length());
        }
        rows.add(cells);
    }

    public void print(PrintWriter out) {
        for (String[] cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - cells[column].length());
                line.append(right[column] ? padding + cells[column] : cells[column] + padding)
                        .append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
