<?php
// Guzzle: its own CookieJar. A FileCookieJar saves no session cookies, unless it is told to.

require "GuzzleHttp/autoload.php";

use GuzzleHttp\Client;
use GuzzleHttp\Cookie\FileCookieJar;

while (($line = fgets(STDIN)) !== false) {
    $file = tempnam(sys_get_temp_dir(), "jar");
    $jar = new FileCookieJar($file);
    $client = new Client(["http_errors" => false, "proxy" => ""]);
    foreach (explode(" ", trim($line)) as $step) {
        if ($step === "restart") {
            $jar->save($file);
            $jar = new FileCookieJar($file);
        } elseif (str_starts_with($step, "HEAD:")) {
            $client->head(substr($step, strlen("HEAD:")), ["cookies" => $jar]);
        } else {
            $client->get($step, ["cookies" => $jar]);
        }
    }
    foreach ($jar as $cookie) {
        $expires = $cookie->getExpires();
        echo "jar {$cookie->getName()} {$cookie->getPath()} ", $expires ? $expires - time() : "session", "\n";
    }
    // The jar saves itself when it goes.
    $jar = null;
    unlink($file);
    echo "end\n";
}
