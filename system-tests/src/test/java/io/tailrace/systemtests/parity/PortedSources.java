package io.tailrace.systemtests.parity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Ports sources written against Kafka Streams as a user does it: the imports are rewritten by {@code
 * docs/kafka-streams-imports.txt}, nothing else, and the result is compiled against Tailrace.
 */
final class PortedSources {
    private static final Path SOURCES = Path.of("src", "test", "java");
    private static final Path IMPORTS = Path.of("..", "docs", "kafka-streams-imports.txt");

    private PortedSources() {}

    /** A loader of the ported classes; they shadow those of the same name that were compiled against Kafka Streams. */
    static ClassLoader compile(Class<?>... classes) throws IOException {
        Map<String, String> renamed = new HashMap<>();
        for (String line : Files.readAllLines(IMPORTS)) {
            String[] parts = line.split(" -> ", -1);
            renamed.put("import " + parts[0] + ";", "import " + parts[1] + ";");
        }
        List<JavaFileObject> sources = new ArrayList<>();
        for (Class<?> type : classes) {
            sources.add(new Source(type.getName(), port(type, renamed)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (Compiled compiled = new Compiled(compiler.getStandardFileManager(null, null, null))) {
            List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(messages, compiled, null, options, null, sources)
                    .call()) {
                throw new IllegalArgumentException("the ported sources do not compile:\n" + messages);
            }
            return new Loader(compiled.classes());
        }
    }

    private static String port(Class<?> type, Map<String, String> renamed) throws IOException {
        Path file = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
        StringBuilder ported = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            String now = renamed.getOrDefault(line, line);
            if (now.startsWith("import org.apache.kafka.")) {
                throw new IllegalArgumentException(
                        file + " needs \"" + now + "\", for which " + IMPORTS + " has no line");
            }
            ported.append(now).append('\n');
        }
        return ported.toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("ported:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps compiled classes in memory. */
    private static final class Compiled extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Compiled(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("compiled:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(className, bytes);
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> all = new HashMap<>();
            classes.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
            return all;
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(PortedSources.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] ported = classes.get(name);
            if (ported == null) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, ported, 0, ported.length) : loaded;
            }
        }
    }
}
