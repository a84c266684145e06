package io.tailrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Configurable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeyTest {
    enum Policy {
        DELETE,
        COMPACT_FAST
    }

    public static final class Plugin implements Configurable {
        Map<String, ?> configs = Map.of();

        @Override
        public void configure(Map<String, ?> configs) {
            this.configs = configs;
        }
    }

    public static final class BrokenPlugin implements Configurable {
        public BrokenPlugin() {
            throw new IllegalStateException("no room");
        }

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    @Property
    void shouldReadEveryIntFromNumberAndText(@ForAll int value) {
        ConfigKey<Integer> key = ConfigKey.intNumber("n");
        assertThat(parse(key, value)).isEqualTo(value);
        assertThat(parse(key, (long) value)).isEqualTo(value);
        assertThat(parse(key, " " + value + " ")).isEqualTo(value);
    }

    @Property
    void shouldReadEveryLongAsDurationInMilliseconds(@ForAll long millis) {
        ConfigKey<Duration> key = ConfigKey.duration("d");
        assertThat(parse(key, millis).toMillis()).isEqualTo(millis);
        assertThat(parse(key, String.valueOf(millis)).toMillis()).isEqualTo(millis);
        assertThat(parse(key, Duration.ofMillis(millis))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "2147483648", "1_000", "0x10"})
    void shouldRefuseTextThatIsNoInt(String text) {
        assertThatThrownBy(() -> parse(ConfigKey.intNumber("segment.bytes"), text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'segment.bytes'", "'" + text + "'", "expected an int");
    }

    @Test
    void shouldRefuseALongThatIsTooLargeForAnIntAndAFraction() {
        assertThatThrownBy(() -> parse(ConfigKey.intNumber("n"), 1L << 40)).hasMessageContaining("Long 1099511627776");
        assertThatThrownBy(() -> parse(ConfigKey.longNumber("n"), 1.0)).hasMessageContaining("Double 1.0");
    }

    @Test
    void shouldRefuseADurationTooLongForMilliseconds() {
        assertThatThrownBy(() -> parse(ConfigKey.duration("d"), Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldReadOnlyTrueAndFalse() {
        ConfigKey<Boolean> key = ConfigKey.bool("b");
        assertThat(parse(key, "TRUE")).isTrue();
        assertThat(parse(key, " false")).isFalse();
        assertThat(parse(key, true)).isTrue();
        assertThatThrownBy(() -> parse(key, "yes")).hasMessageContainingAll("'yes'", "true or false");
        assertThatThrownBy(() -> parse(key, 1)).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldReadFiniteNumbersOnly() {
        ConfigKey<Double> key = ConfigKey.doubleNumber("x");
        assertThat(parse(key, "0.25")).isEqualTo(0.25);
        assertThat(parse(key, 3)).isEqualTo(3.0);
        assertThatThrownBy(() -> parse(key, "NaN")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> parse(key, Double.POSITIVE_INFINITY)).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldReadAListFromCommasOrAList() {
        ConfigKey<List<String>> key = ConfigKey.list("l");
        assertThat(parse(key, "a , b,c")).containsExactly("a", "b", "c");
        assertThat(parse(key, "")).isEmpty();
        assertThat(parse(key, List.of("a", "b"))).containsExactly("a", "b");
        assertThatThrownBy(() -> parse(key, List.of(1))).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldReadAChoiceByItsNameOrItself() {
        ConfigKey<Policy> key = ConfigKey.choice("policy", Policy.class);
        assertThat(parse(key, "compact-fast")).isEqualTo(Policy.COMPACT_FAST);
        assertThat(parse(key, Policy.DELETE)).isEqualTo(Policy.DELETE);
        assertThatThrownBy(() -> parse(key, "archive"))
                .hasMessageContainingAll("'archive'", "one of delete, compact-fast");
    }

    @Test
    void shouldReadAClassByItsNameAndCheckItsKind() {
        ConfigKey<Class<? extends Configurable>> key = ConfigKey.classOf("c", Configurable.class);
        assertThat(parse(key, Plugin.class.getName())).isEqualTo(Plugin.class);
        assertThat(parse(key, Plugin.class)).isEqualTo(Plugin.class);
        assertThatThrownBy(() -> parse(key, String.class)).hasMessageContaining(Configurable.class.getName());
        assertThatThrownBy(() -> parse(key, "no.such.Thing")).hasMessageContaining("'no.such.Thing'");
    }

    @Test
    void shouldCreateAndConfigureAnInstanceFromItsClass() {
        ConfigKey<Configurable> key = ConfigKey.instanceOf("i", Configurable.class);
        Map<String, ?> configs = Map.of("i", Plugin.class.getName(), "other", 1);
        assertThat(key.parse(Plugin.class.getName(), configs))
                .isInstanceOfSatisfying(
                        Plugin.class, plugin -> assertThat(plugin.configs).isEqualTo(configs));
    }

    @Test
    void shouldTakeAnInstanceAsItIs() {
        Plugin plugin = new Plugin();
        assertThat(ConfigKey.instanceOf("i", Configurable.class).parse(plugin, Map.of("i", plugin)))
                .isSameAs(plugin);
        assertThat(plugin.configs).isEmpty();
    }

    @Test
    void shouldSayThatAConstructorFailed() {
        assertThatThrownBy(() -> parse(ConfigKey.instanceOf("i", Configurable.class), BrokenPlugin.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'i'", "BrokenPlugin", "no room")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSayWhichRuleIsExpected() {
        ConfigKey<Integer> key = ConfigKey.intNumber("n").check(ConfigCheck.atLeast(14));
        assertThat(parse(key, 14)).isEqualTo(14);
        assertThatThrownBy(() -> parse(key, 13))
                .hasMessage("config 'n': found Integer 13, expected an int, at least 14");
    }

    @Test
    void shouldIncludeBothEndsOfARange() {
        ConfigKey<Duration> key =
                ConfigKey.duration("d").check(ConfigCheck.between(Duration.ZERO, Duration.ofSeconds(1)));
        assertThat(parse(key, 0)).isZero();
        assertThat(parse(key, 1000)).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> parse(key, 1001)).hasMessageContaining("from 0 ms to 1000 ms");
        assertThatThrownBy(() -> parse(key, -1)).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldCheckEveryEntryOfAList() {
        ConfigKey<List<String>> key = ConfigKey.list("p").check(ConfigCheck.eachOneOf("delete", "compact"));
        assertThat(parse(key, "compact,delete")).hasSize(2);
        assertThatThrownBy(() -> parse(key, "compact,drop")).hasMessageContaining("each one of compact, delete");
    }

    @Test
    void shouldRefuseADefaultThatBreaksARule() {
        assertThatThrownBy(() -> ConfigKey.intNumber("n").defaultTo(1).check(ConfigCheck.atLeast(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default 1");
        assertThatThrownBy(() ->
                        ConfigKey.intNumber("n").check(ConfigCheck.atLeast(2)).defaultTo(1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotChangeTheKeyItIsMadeFrom() {
        ConfigKey<Integer> plain = ConfigKey.intNumber("n");
        List<ConfigKey<Integer>> steps = new ArrayList<>();
        steps.add(plain.defaultTo(1));
        steps.add(plain.check(ConfigCheck.atLeast(0)));
        steps.add(plain.required());
        assertThat(steps).doesNotContain(plain);
        assertThat(plain.defaultValue()).isEmpty();
        assertThat(plain.isRequired()).isFalse();
        assertThat(plain.expectation()).isEqualTo("an int");
    }

    private static <T> T parse(ConfigKey<T> key, Object value) {
        return key.parse(value, Map.of());
    }
}
