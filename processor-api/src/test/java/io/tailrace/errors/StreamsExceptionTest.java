package io.tailrace.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.errors.TailraceException;
import io.tailrace.processor.TaskId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamsExceptionTest {
    private static final TaskId TASK = new TaskId(1, 2);

    @Test
    void shouldCarryTheTaskWhereOneIsKnown() {
        Throwable cause = new IllegalStateException("why");
        assertThat(new StreamsException("what", TASK).taskId()).contains(TASK);
        assertThat(new StreamsException(cause, TASK).taskId()).contains(TASK);
        assertThat(new StreamsException("what", cause, TASK).taskId()).contains(TASK);
        assertThat(new StreamsException("what", cause, TASK)).hasMessage("what").hasCause(cause);
    }

    @Test
    void shouldGetItsTaskFromTheThreadThatRunsIt() {
        StreamsException exception = new StreamsException("what");
        assertThat(exception.taskId()).isEmpty();
        exception.setTaskId(TASK);
        assertThat(exception.taskId()).contains(TASK);
    }

    @Test
    void shouldSayTheCauseWhenThereIsNoMessage() {
        assertThat(new StreamsException(new IllegalStateException("why"))).hasMessageContaining("why");
    }

    @Test
    void shouldBeCaughtAsTheErrorsOfALibrary() {
        assertThat(Stream.of(
                        new TopologyException("x"),
                        new ProcessorStateException("x"),
                        new LockException("x"),
                        new MissingSourceTopicException("x"),
                        new MisconfiguredInternalTopicException("x"),
                        new InvalidStateStoreException("x")))
                .allSatisfy(e -> assertThat(e).isInstanceOfAny(StreamsException.class))
                .allSatisfy(e -> assertThat(e).isInstanceOf(TailraceException.class));
    }

    @Test
    void shouldCatchEveryReasonWhyAStoreCannotBeReadAsOne() {
        assertThat(Stream.of(
                        new UnknownStateStoreException("x"),
                        new StateStoreNotAvailableException("x"),
                        new StreamsNotStartedException("x"),
                        new StreamsStoppedException("x"),
                        new InvalidStateStorePartitionException("x")))
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(InvalidStateStoreException.class)
                        .hasMessage("x"));
    }

    @Test
    void shouldSayThatItIsTheTopologyThatIsInvalid() {
        assertThat(new TopologyException("node 'a' exists already"))
                .hasMessage("Invalid topology: node 'a' exists already");
    }
}
