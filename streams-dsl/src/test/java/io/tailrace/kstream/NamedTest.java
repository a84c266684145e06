package io.tailrace.kstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.TopologyException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "with space", "slash/", "umlaut-ä", "a\n"})
    void shouldRefuseIllegalNamesWhereverTheyAreGiven(String name) {
        List<Consumer<String>> givers = List.of(
                Named::as,
                Consumed::as,
                Produced::as,
                Grouped::as,
                Joined::as,
                Repartitioned::as,
                Branched::as,
                Materialized::as,
                text -> Printed.toSysOut().withName(text));
        for (Consumer<String> giver : givers) {
            assertThatThrownBy(() -> giver.accept(name)).isInstanceOf(TopologyException.class);
        }
    }

    @Test
    void shouldTakeNamesUpTo249Characters() {
        assertThat(Named.as("a".repeat(249)).name()).hasSize(249);
        assertThatThrownBy(() -> Named.as("a".repeat(250)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("250 characters");
    }

    @Test
    void shouldLeaveANameAsItIsWhenAnotherIsMade() {
        Named one = Named.as("one");
        assertThat(one.withName("two").name()).isEqualTo("two");
        assertThat(one.name()).isEqualTo("one");
    }
}
