// Java's HttpClient: a CookieManager keeps the cookies, in memory only.

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Scanner;

class WithHttpClient {
    public static void main(String[] arguments) throws Exception {
        for (var sessions = new Scanner(System.in); sessions.hasNextLine(); ) {
            var line = sessions.nextLine();
            if (line.contains("restart")) {
                System.out.println("unable");
                continue;
            }
            var jar = new CookieManager();
            var client = HttpClient.newBuilder()
                    .cookieHandler(jar)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();
            for (var step : line.split(" ")) {
                var method = step.startsWith("HEAD:") ? "HEAD" : "GET";
                var request = HttpRequest.newBuilder(URI.create(step.replace("HEAD:", "")))
                        .method(method, BodyPublishers.noBody())
                        .build();
                client.send(request, BodyHandlers.discarding());
            }
            for (var cookie : jar.getCookieStore().getCookies()) {
                var lifetime = cookie.getMaxAge() == -1 ? "session" : cookie.getMaxAge();
                System.out.println("jar " + cookie.getName() + " " + cookie.getPath() + " " + lifetime);
            }
            System.out.println("end");
        }
    }
}
