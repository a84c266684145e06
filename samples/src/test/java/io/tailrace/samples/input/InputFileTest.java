package io.tailrace.samples.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.samples.SampleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
    private static final String HEADER = "a,b";
    private static final String TEXT = "a,b\n1,2\n3,4\n";

    @TempDir
    private Path directory;

    @Test
    void shouldCountTheLinesBelowTheHeader() {
        ScannedFile scanned = Inputs.of("x.csv", TEXT).scan(HEADER);
        assertThat(scanned.lines()).isEqualTo(2);
        assertThat(scanned.hasHeader()).isTrue();
    }

    @Test
    void shouldCountEveryLineOfAFileWithoutHeader() {
        ScannedFile scanned = Inputs.of("x.txt", "one\ntwo and more\n3").scan("");
        assertThat(scanned.lines()).isEqualTo(3);
        assertThat(scanned.longestLine()).isEqualTo(12);
    }

    @Test
    void shouldTellGzipByItsBytesNotByItsName() {
        assertThat(Inputs.of("plain-name.csv", Inputs.gzip(TEXT)).scan(HEADER).lines())
                .isEqualTo(2);
        assertThat(Inputs.of("compressed-name.csv.gz", TEXT).scan(HEADER).lines())
                .isEqualTo(2);
    }

    @Test
    void shouldIdentifyAFileByItsContentWhateverItsNameAndCompression() {
        long id = Inputs.of("x.csv", TEXT).scan(HEADER).id();
        assertThat(Inputs.of("y.csv.gz", Inputs.gzip(TEXT)).scan(HEADER).id()).isEqualTo(id);
        assertThat(Inputs.of("x.csv", TEXT + "5,6\n").scan(HEADER).id()).isNotEqualTo(id);
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertFails(() -> InputFile.of(directory.resolve("no.csv")).scan(HEADER), "no.csv: there is no such file");
    }

    @Test
    void shouldSayThatADirectoryIsNoFile() {
        assertFails(() -> InputFile.of(directory).scan(HEADER), "it is not a regular file");
    }

    @Test
    void shouldSayThatAFileIsEmpty() throws IOException {
        Path file = Files.createFile(directory.resolve("empty.csv"));
        assertFails(() -> InputFile.of(file).scan(HEADER), "empty.csv is empty");
    }

    @Test
    void shouldSayThatThereIsOnlyAHeader() {
        assertFails(
                () -> Inputs.of("x.csv", "a,b\n").scan(HEADER),
                "input x.csv has a header but no line below it: nothing to load");
    }

    @Test
    void shouldSayThatTheHeaderIsAnother() {
        assertFails(
                () -> Inputs.of("x.csv", "1,2\n3,4\n").scan(HEADER),
                "input x.csv: the first line is '1,2', expected the header 'a,b'");
    }

    @Test
    void shouldQuoteOnlyTheBeginningOfAWrongHeaderWithoutControlCharacters() {
        assertFails(() -> Inputs.of("x.bin", "\u0007" + "x".repeat(100)).scan(HEADER), "'?" + "x".repeat(59) + "...'");
    }

    @Test
    void shouldSayAfterHowManyLinesAGzipFileEnds() {
        byte[] whole = Inputs.gzip(TEXT.repeat(20_000));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> Inputs.of("x.csv.gz", half).scan(HEADER))
                .isInstanceOf(SampleException.class)
                .hasMessageMatching(
                        "input x.csv.gz: the gzip data ends in the middle, after [1-9][0-9]+ lines; get the whole file and run again");
    }

    @Test
    void shouldNoticeAGzipFileThatEndsInItsHeaderOrTrailer() {
        byte[] whole = Inputs.gzip(TEXT);
        for (int length : new int[] {2, 9, whole.length - 8, whole.length - 1}) {
            assertFails(() -> Inputs.of("x.gz", Arrays.copyOf(whole, length)).scan(HEADER), "ends in the middle");
        }
    }

    @Test
    void shouldNoticeAFlippedBitInAGzipFile() {
        byte[] bytes = Inputs.gzip(TEXT.repeat(1000));
        bytes[bytes.length - 6] ^= 1; // in the checksum of the content
        assertFails(() -> Inputs.of("x.gz", bytes).scan(HEADER), "the gzip data is damaged");
    }

    private static void assertFails(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(SampleException.class).hasMessageContaining(message);
    }
}
