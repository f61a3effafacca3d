import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * An Apache Kafka cluster in one JVM, for comparisons: node 1 is broker and controller, the others are brokers.
 * Arguments: folder, brokers, port of node 1 (the next ones follow, the controller's is 50 above), log dirs of each, key=value ….
 * Prints "ready" and ends with its standard input.
 */
public class ReferenceCluster {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int brokers = Integer.parseInt(args[1]);
    int port = Integer.parseInt(args[2]);
    int logDirs = Integer.parseInt(args[3]);
    List<String> options = Arrays.asList(args).subList(4, args.length);
    List<KafkaRaftServer> servers = new ArrayList<>();
    for (int id = 1; id <= brokers; id++) servers.add(server(folder, id, port, logDirs, options));
    List<Thread> starting = new ArrayList<>();
    for (KafkaRaftServer server : servers) {
      Thread thread = new Thread(server::startup);
      thread.start();
      starting.add(thread);
    }
    for (Thread thread : starting) thread.join();
    System.out.println("ready");
    System.out.flush();
    while (System.in.read() >= 0) continue;
    Runtime.getRuntime().halt(0);
  }

  static KafkaRaftServer server(Path folder, int id, int port, int logDirs, List<String> options) throws Exception {
    List<String> dirs = new ArrayList<>();
    for (int i = 0; i < logDirs; i++) dirs.add(folder.resolve("node-" + id + (logDirs > 1 ? "-" + i : "")).toString());
    String controller = "127.0.0.1:" + (port + 50);
    List<String> lines = new ArrayList<>(List.of(
        "process.roles=" + (id == 1 ? "broker,controller" : "broker"),
        "node.id=" + id,
        "controller.quorum.voters=1@" + controller,
        "controller.listener.names=CONTROLLER",
        "listeners=PLAINTEXT://127.0.0.1:" + (port + id - 1) + (id == 1 ? ",CONTROLLER://" + controller : ""),
        "log.dirs=" + String.join(",", dirs)));
    if (id == 1) lines.add("advertised.listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://" + controller);
    lines.addAll(options);
    Path file = folder.resolve("node-" + id + ".properties");
    Files.createDirectories(folder);
    Files.write(file, lines);
    List<String> format = new ArrayList<>(List.of("format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", file.toString()));
    // As clusters of 4.1 begin, and Moldau's.
    format.addAll(List.of("--feature", "eligible.leader.replicas.version=1"));
    StorageTool.execute(format.toArray(new String[0]), System.err);
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
  }
}
