// Java's HttpClient: a CookieManager keeps the cookies. The first request asks for an upgrade to HTTP/2.

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;

class WithHttpClient {
    static final Pattern CELLS = Pattern.compile("<td>(.*?)</td><td>(.*?)</td>");

    public static void main(String[] arguments) throws Exception {
        var server = arguments[0];
        var jar = new CookieManager();
        var client = HttpClient.newBuilder().cookieHandler(jar).build();
        for (var path : List.of(arguments).subList(1, arguments.length)) {
            visit(client, server, path);
        }
        for (var cookie : jar.getCookieStore().getCookies()) {
            var lifetime = cookie.getMaxAge() == -1 ? "session" : cookie.getMaxAge();
            System.out.println("jar " + cookie.getName() + " " + cookie.getPath() + " " + lifetime);
        }
    }

    static void visit(HttpClient client, String server, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server + path)).build();
        var response = client.send(request, BodyHandlers.ofString());
        System.out.print(path + " " + response.statusCode());
        CELLS.matcher(response.body())
                .results()
                .forEach(cells -> System.out.print(" " + cells.group(1) + "=" + cells.group(2)));
        System.out.println();
    }
}
