package io.tailrace.samples.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void shouldCutAtLineFeedsAndCountFromOne() {
        List<Line> lines = read("first\nsecond\n");
        assertThat(lines).extracting(Line::number).containsExactly(1L, 2L);
        assertThat(texts(lines)).containsExactly("first", "second");
    }

    @Test
    void shouldReturnALastLineWithoutLineEnd() {
        assertThat(texts(read("first\nlast"))).containsExactly("first", "last");
    }

    @Test
    void shouldTakeOffTheCarriageReturnOfALineEndButKeepOneInside() {
        assertThat(texts(read("a\r\nb\rc\r\n\r\n"))).containsExactly("a", "b\rc", "");
    }

    @Test
    void shouldReturnEmptyLines() {
        assertThat(texts(read("\n\nx\n"))).containsExactly("", "", "x");
    }

    @Test
    void shouldReturnNothingOfNothing() {
        assertThat(read("")).isEmpty();
    }

    @Test
    void shouldKeepBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, '\n', (byte) 0xfe};
        List<Line> lines = read(new ByteArrayInputStream(bytes));
        assertThat(lines.get(0).bytes()).containsExactly(0xff, 0, 0xc3);
        assertThat(lines.get(1).bytes()).containsExactly(0xfe);
    }

    @Test
    void shouldKeepALineOfTheGreatestLengthWhole() {
        String longest = "x".repeat(LineReader.MAX_LINE_BYTES);
        List<Line> lines = read(longest + "\r\nnext");
        assertThat(texts(lines)).containsExactly(longest, "next");
        assertThat(lines.get(0).isWhole()).isTrue();
    }

    @Test
    void shouldCutALineOfTenMegabytesAndTellItsLength() {
        int length = 10 * 1024 * 1024;
        List<Line> lines = read("before\n" + "x".repeat(length) + "\nafter\n");
        assertThat(lines.get(1).length()).isEqualTo(length);
        assertThat(lines.get(1).bytes()).hasSize(LineReader.MAX_LINE_BYTES + 1);
        assertThat(lines.get(1).isWhole()).isFalse();
        assertThat(texts(lines)).startsWith("before").endsWith("after");
    }

    /** Whatever the pieces in which the bytes arrive, and so wherever a buffer ends. */
    @Property(tries = 200)
    void shouldFindTheSameLinesWhateverTheSizeOfTheReads(
            @ForAll @StringLength(max = 200) @CharRange(from = '\n', to = '\r') String text,
            @ForAll @IntRange(min = 1, max = 7) int pieceBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        InputStream pieces = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, pieceBytes));
            }
        };
        assertThat(texts(read(pieces))).isEqualTo(linesOf(text));
    }

    /** The plain definition: cut at LF, nothing behind the last one is no line, one CR before it belongs to it. */
    private static List<String> linesOf(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines.stream()
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .collect(Collectors.toList());
    }

    private static List<Line> read(String text) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Line> read(InputStream in) {
        List<Line> lines = new ArrayList<>();
        try (LineReader reader = new LineReader("test", in)) {
            for (Line line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream()
                .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}
