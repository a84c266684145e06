package io.tailrace.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskIdTest {
    @Test
    void shouldPrintSubtopologyAndPartition() {
        assertThat(new TaskId(0, 3)).hasToString("0_3");
    }

    @Property(tries = 200)
    void shouldParseWhatItPrinted(
            @ForAll @IntRange(max = 999_999_999) int subtopology, @ForAll @IntRange(max = 999_999_999) int partition) {
        TaskId id = new TaskId(subtopology, partition);
        assertThat(TaskId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "0", "0_", "_0", "0_1_2", "a_0", "-1_0", "0-1", " 0_1", "0_1\n", "0_9999999999"})
    void shouldRefuseWhatIsNoTaskId(String text) {
        assertThatThrownBy(() -> TaskId.parse(text))
                .isInstanceOf(TaskIdFormatException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("0_3");
    }

    @Test
    void shouldRefuseNegativeNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskId(-1, 0)).withMessageContaining("-1_0");
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskId(0, -7)).withMessageContaining("0_-7");
    }

    @Test
    void shouldSortBySubtopologyThenPartitionAsNumbers() {
        assertThat(Stream.of("1_0", "0_10", "0_2", "10_0").map(TaskId::parse).sorted())
                .extracting(TaskId::toString)
                .containsExactly("0_2", "0_10", "1_0", "10_0");
    }
}
