package org.manusroutes.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proxies of docs/production.md: each runs the page's own lines, with the ports and files of a test. */
enum ReverseProxy {
    NGINX("nginx", "nginx") {
        @Override
        String around(String lines, Path folder) {
            return """
                    daemon off;
                    user root;
                    pid %1$s/nginx.pid;
                    error_log stderr;
                    events {}
                    http {
                    access_log off;
                    client_body_temp_path %1$s/nginx-bodies;
                    %2$s
                    }
                    """.formatted(folder, lines);
        }

        @Override
        List<String> command(Path config) {
            return List.of("nginx", "-e", "stderr", "-c", config.toString());
        }
    },
    HAPROXY("haproxy", "haproxy") {
        @Override
        List<String> command(Path config) {
            return List.of("haproxy", "-db", "-f", config.toString());
        }
    },
    APACHE("apache2", "apache") {
        @Override
        String around(String lines, Path folder) {
            String listens = lines.replaceFirst("(?s).*<VirtualHost \\*:(\\d+)>.*", "$1");
            StringBuilder modules = new StringBuilder();
            for (String name : List.of("mpm_event", "authz_core", "socache_shmcb", "ssl", "proxy", "proxy_http")) {
                modules.append("LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so\n".formatted(name));
            }
            return """
                    %s
                    ServerName localhost
                    Listen %s
                    DefaultRuntimeDir %3$s
                    PidFile %3$s/apache.pid
                    ErrorLog /dev/stderr
                    User www-data
                    Group www-data
                    %4$s
                    """.formatted(modules, listens, folder, lines);
        }

        @Override
        List<String> command(Path config) {
            return List.of("apache2", "-D", "FOREGROUND", "-f", config.toString());
        }
    },
    CADDY("caddy", "caddy") {
        @Override
        String around(String lines, Path folder) {
            return """
                    {
                    \tadmin off
                    \tauto_https disable_redirects
                    \tstorage file_system %s/caddy
                    }
                    %s
                    """.formatted(folder, lines);
        }

        @Override
        List<String> command(Path config) {
            return List.of("caddy", "run", "--adapter", "caddyfile", "--config", config.toString());
        }
    };

    private final String program;
    private final String language;

    ReverseProxy(String program, String language) {
        this.program = program;
        this.language = language;
    }

    /** What the page leaves to the proxy's own files. */
    String around(String lines, Path folder) {
        return lines;
    }

    abstract List<String> command(Path config);

    boolean isInstalled() {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    Path log(Path folder) {
        return folder.resolve(program + ".log");
    }

    /** The page's lines, with the port to listen on, the receiver's, and the folder of the certificates. */
    Process start(int port, int receiver, Path folder) throws IOException {
        Matcher lines = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/production.md")));
        if (!lines.find()) {
            throw new IOException("docs/production.md has no lines for " + program);
        }
        String ours = lines.group(1)
                .replace("/etc/tls/", folder + "/")
                .replace("127.0.0.1:8080", "127.0.0.1:" + receiver)
                .replace("listen 443 ", "listen " + port + " ")
                .replace("*:443", "*:" + port)
                .replace("bind :443 ", "bind :" + port + " ")
                .replace("hooks.example.com {", "hooks.example.com:" + port + " {");
        Path config = Files.writeString(folder.resolve(program + ".conf"), around(ours, folder));
        ProcessBuilder builder = new ProcessBuilder(command(config))
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        return builder.start();
    }
}
