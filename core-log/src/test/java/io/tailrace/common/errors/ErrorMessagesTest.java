package io.tailrace.common.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class ErrorMessagesTest {
    @Test
    void shouldNameTheHolderOfALockedLog() {
        assertThat(new LogLockedException("/data", 4711)).hasMessageContainingAll("/data", "process 4711");
        assertThat(new LogLockedException("/data", LogLockedException.UNKNOWN_PID))
                .hasMessageContaining("another process");
    }

    @Test
    void shouldSayWhereACorruptRecordIsAndWhatWasExpected() {
        CorruptRecordException e = new CorruptRecordException("0.log", 8192, "length -7", "61..1048588");
        assertThat(e).hasMessage("0.log at 8192: found length -7, expected 61..1048588");
        assertThat(e.position()).isEqualTo(8192);
    }

    @Test
    void shouldNameTheRangeOfOffsets() {
        assertThat(new OffsetOutOfRangeException("t", 1, 9, 10, 20))
                .hasMessageContainingAll("t-1", "offset 9", "10..20");
    }

    @Test
    void shouldNameTheKindOfAnIoFailureThatSaysOnlyTheFile() {
        StorageException e = new StorageException("open", "a.log", new AccessDeniedException("a.log"));
        assertThat(e)
                .hasMessage("cannot open a.log: AccessDeniedException: a.log")
                .hasCauseInstanceOf(AccessDeniedException.class);
        assertThat(e.file()).isEqualTo("a.log");
    }

    @Test
    void shouldNameTheLimitOfATooLargeRecordAndItsKey() {
        assertThat(new RecordTooLargeException("t", 11, 10, "max.request.size"))
                .hasMessageContainingAll("11 bytes", "'t'", "max.request.size = 10");
    }

    @Test
    void shouldNameThePartitionsThatExist() {
        assertThat(new UnknownTopicOrPartitionException("t", 4, 4))
                .hasMessage("topic 't' has no partition 4, expected 0..3");
    }

    @Test
    void shouldRestoreTheInterruptStatus() {
        InterruptException e = new InterruptException(new InterruptedException());
        assertThat(Thread.interrupted()).isTrue(); // and clears it again for the next test
        assertThat(e).isInstanceOf(TailraceException.class).hasCauseInstanceOf(InterruptedException.class);
    }
}
