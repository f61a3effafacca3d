import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs the main methods of Kafka's tools, several in one JVM, each with output, input and exit of its own. Argument: the jar that is
 * loaded anew for each run, since tools keep counters in static fields. Commands on standard input, one a line:
 * "run ID MAIN STDIN ARG …" and "stop ID", with STDIN and the ARGs in Base64. Answer on standard output when a run has ended:
 * "ID CODE STDOUT STDERR".
 */
public class ToolRunner {
  static final PrintStream answers = System.out;
  static final Map<String, Run> runs = new ConcurrentHashMap<>();

  /** One tool at work; all threads that it starts belong to it. */
  static class Run extends ThreadGroup {
    final String id;
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final ByteArrayInputStream in;
    final List<Runnable> hooks = new CopyOnWriteArrayList<>();
    volatile Integer code;

    Run(String id, byte[] input) {
      super(id);
      this.id = id;
      this.in = new ByteArrayInputStream(input);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
      if (!(error instanceof Ended)) error.printStackTrace(new PrintStream(err, true));
    }
  }

  /** Takes the place of the end of the process. */
  static class Ended extends Error {
    Ended() {
      super(null, null, false, false);
    }
  }

  static Run current() {
    for (ThreadGroup group = Thread.currentThread().getThreadGroup(); group != null; group = group.getParent()) {
      if (group instanceof Run) return (Run) group;
    }
    return null;
  }

  static PrintStream split(boolean isError, OutputStream otherwise) {
    return new PrintStream(new OutputStream() {
      OutputStream target() {
        Run run = current();
        return run == null ? otherwise : isError ? run.err : run.out;
      }

      @Override
      public void write(int b) throws java.io.IOException {
        target().write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws java.io.IOException {
        target().write(bytes, from, length);
      }
    }, true);
  }

  static void end(int code) {
    Run run = current();
    if (run != null && run.code == null) run.code = code;
    throw new Ended();
  }

  public static void main(String[] args) throws Exception {
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    System.setOut(split(false, System.err));
    System.setErr(split(true, System.err));
    System.setIn(new InputStream() {
      @Override
      public int read() {
        return current().in.read();
      }

      @Override
      public int read(byte[] bytes, int from, int length) {
        return current().in.read(bytes, from, length);
      }
    });
    Exit.setExitProcedure((code, message) -> end(code));
    Exit.setHaltProcedure((code, message) -> end(code));
    Exit.setShutdownHookAdder((name, hook) -> {
      Run run = current();
      if (run != null) run.hooks.add(hook);
    });
    // A tool that ends the process all the same: what it has printed is not lost, its exit status is the process's.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> runs.values().forEach(run -> answer(run, "exited"))));
    URL jar = new java.io.File(args[0]).toURI().toURL();
    String line;
    while ((line = commands.readLine()) != null) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("run")) {
        Run run = new Run(words[1], Base64.getDecoder().decode(words[3]));
        String[] own = Arrays.stream(words).skip(4).map(word -> new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8)).toArray(String[]::new);
        runs.put(run.id, run);
        new Thread(run, () -> run(run, jar, words[2], own), "tool").start();
      } else if (words[0].equals("stop")) {
        Run run = runs.get(words[1]);
        if (run != null) new Thread(run, () -> stop(run), "stop").start();
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** As a signal does: hooks run, and then it is over whatever the tool thinks. */
  static void stop(Run run) {
    Thread hooks = new Thread(run, () -> run.hooks.forEach(Runnable::run), "hooks");
    hooks.start();
    try {
      hooks.join(5_000);
    } catch (InterruptedException impossible) {
      return;
    }
    run.interrupt();
    if (runs.remove(run.id) != null) answer(run, "stopped");
  }

  static void run(Run run, URL jar, String main, String[] args) {
    try {
      ClassLoader loader = new ChildFirst(jar);
      Thread.currentThread().setContextClassLoader(loader);
      loader.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException failed) {
      if (!(failed.getCause() instanceof Ended)) {
        if (run.code == null) run.code = 1;
        failed.getCause().printStackTrace(new PrintStream(run.err, true));
      }
    } catch (ReflectiveOperationException unknown) {
      run.code = 127;
      unknown.printStackTrace(new PrintStream(run.err, true));
    }
    if (run.code == null) run.code = 0;
    // A process that ends runs its hooks; one that is told to stop has run them.
    if (runs.remove(run.id) != null) answer(run, String.valueOf(run.code));
  }

  static synchronized void answer(Run run, String code) {
    Base64.Encoder base64 = Base64.getEncoder();
    answers.println(run.id + " " + code + " " + base64.encodeToString(run.out.toByteArray()) + " " + base64.encodeToString(run.err.toByteArray()));
    answers.flush();
  }

  static class ChildFirst extends URLClassLoader {
    ChildFirst(URL jar) {
      super(new URL[] {jar}, ToolRunner.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known == null) {
          try {
            known = findClass(name);
          } catch (ClassNotFoundException elsewhere) {
            return super.loadClass(name, resolve);
          }
        }
        return known;
      }
    }
  }
}
