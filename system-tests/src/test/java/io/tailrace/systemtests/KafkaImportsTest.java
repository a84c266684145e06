package io.tailrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/kafka-streams-imports.txt} is what people port their apps with: it must be true. */
class KafkaImportsTest {

    private static final Path LIST = Path.of("..", "docs", "kafka-streams-imports.txt");
    private static final Set<String> RENAMED =
            Set.of("org.apache.kafka.streams.KafkaStreams", "org.apache.kafka.common.KafkaException");

    private record Import(String from, String to) {}

    @Test
    void shouldNameOnlyPublicClassesThatExist() throws IOException {
        Set<String> ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.tailrace").stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertThat(imports()).extracting(Import::to).isSubsetOf(ours);
    }

    @Test
    void shouldKeepSimpleNamesSoThatOnlyImportsChange() throws IOException {
        TreeSet<String> renamed = new TreeSet<>();
        for (Import line : imports()) {
            if (!simpleName(line.from()).equals(simpleName(line.to()))) {
                renamed.add(line.from());
            }
        }
        assertThat(renamed).isEqualTo(RENAMED);
    }

    @Test
    void shouldMapEachKafkaClassOnce() throws IOException {
        assertThat(imports()).extracting(Import::from).doesNotHaveDuplicates();
        assertThat(imports()).extracting(Import::to).doesNotHaveDuplicates();
    }

    private static List<Import> imports() throws IOException {
        return Files.readAllLines(LIST).stream()
                .map(line -> line.split(" -> ", -1))
                .map(parts -> new Import(parts[0], parts[1]))
                .toList();
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
