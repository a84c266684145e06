package io.tailrace.samples.wordcount;

import io.tailrace.samples.input.Line;
import io.tailrace.samples.input.LineFormat;

/** Lines of any text to records: the key is the line's number, which spreads them over the partitions. */
final class TextFormat implements LineFormat {
    @Override
    public String topic() {
        return WordCountTopology.LINES;
    }

    @Override
    public String header() {
        return "";
    }

    @Override
    public Entry entry(Line line) {
        return new Entry(Long.toString(line.number()), 0, line.bytes());
    }
}
