package io.profilemesh.query.history;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells which of our tables the statements of a connection speak of. */
final class TablesRead {

  /** A function of ours has an opening parenthesis after its name. */
  private static final Pattern TABLE = Pattern.compile("\\bprofilemesh_[a-z_]++(?!\\()");

  private static final int MOST_REMEMBERED = 1_000;
  private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

  private TablesRead() {}

  /** The same connection, each statement of which is told of when it is prepared. */
  static Connection told(Connection connection, Consumer<Set<String>> listener) {
    return (Connection)
        Proxy.newProxyInstance(
            TablesRead.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                listener.accept(in((String) arguments[0]));
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Names of our tables and views in a statement, in order. */
  static Set<String> in(String sql) {
    Set<String> known = KNOWN.get(sql);
    if (known != null) {
      return known;
    }
    Set<String> tables = new TreeSet<>();
    for (Matcher matcher = TABLE.matcher(sql); matcher.find(); ) {
      tables.add(matcher.group());
    }
    if (KNOWN.size() >= MOST_REMEMBERED) {
      KNOWN.clear();
    }
    KNOWN.put(sql, tables);
    return tables;
  }
}
