package io.tailrace.processor;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a task: one sub-topology on one partition, written {@code "0_3"}.
 *
 * @param subtopology the sub-topology's id, from 0
 * @param partition the partition that all the task's input topics share, from 0
 */
public record TaskId(int subtopology, int partition) implements Comparable<TaskId> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})_(\\d{1,9})");
    private static final Comparator<TaskId> ORDER =
            Comparator.comparingInt(TaskId::subtopology).thenComparingInt(TaskId::partition);

    public TaskId {
        if (subtopology < 0 || partition < 0) {
            throw new IllegalArgumentException(
                    "task id " + subtopology + "_" + partition + ": sub-topology and partition start at 0");
        }
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws TaskIdFormatException when {@code text} is not two numbers of at most nine digits joined by an underscore
     */
    public static TaskId parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TaskIdFormatException(
                    "task id '" + text + "': expected <sub-topology>_<partition>, for example 0_3");
        }
        return new TaskId(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** By sub-topology, then by partition. */
    @Override
    public int compareTo(TaskId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return subtopology + "_" + partition;
    }
}
