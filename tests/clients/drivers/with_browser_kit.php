<?php
// Symfony's HttpBrowser: BrowserKit's CookieJar. It has no way to save its jar.

require "Symfony/Component/BrowserKit/autoload.php";
require "Symfony/Component/HttpClient/autoload.php";

use Symfony\Component\BrowserKit\HttpBrowser;
use Symfony\Component\HttpClient\HttpClient;

while (($line = fgets(STDIN)) !== false) {
    $steps = explode(" ", trim($line));
    if (in_array("restart", $steps)) {
        echo "unable\n";
        continue;
    }
    $browser = new HttpBrowser(HttpClient::create(["no_proxy" => "*"]));
    foreach ($steps as $step) {
        $is_head = str_starts_with($step, "HEAD:");
        $browser->request($is_head ? "HEAD" : "GET", $is_head ? substr($step, strlen("HEAD:")) : $step);
    }
    foreach ($browser->getCookieJar()->all() as $cookie) {
        $expires = $cookie->getExpiresTime();
        echo "jar {$cookie->getName()} {$cookie->getPath()} ", $expires ? $expires - time() : "session", "\n";
    }
    echo "end\n";
}
