<?php
// PHP's own curl extension: an empty CURLOPT_COOKIEFILE turns its cookie engine on.

function open_client(string $file = ""): CurlHandle
{
    $client = curl_init();
    curl_setopt_array($client, [
        CURLOPT_COOKIEFILE => $file,
        CURLOPT_COOKIESESSION => true,
        CURLOPT_FOLLOWLOCATION => true,
        CURLOPT_PROXY => "",
        CURLOPT_RETURNTRANSFER => true,
    ]);
    return $client;
}

/** Saves the jar and loads it again: CURLOPT_COOKIESESSION ignores the session cookies in the file. */
function restart(CurlHandle $client): CurlHandle
{
    $file = tempnam(sys_get_temp_dir(), "jar");
    curl_setopt($client, CURLOPT_COOKIEJAR, $file);
    curl_setopt($client, CURLOPT_COOKIELIST, "FLUSH");
    $client = open_client($file);
    curl_setopt($client, CURLOPT_COOKIELIST, "RELOAD");
    unlink($file);
    return $client;
}

while (($line = fgets(STDIN)) !== false) {
    $client = open_client();
    foreach (explode(" ", trim($line)) as $step) {
        if ($step === "restart") {
            $client = restart($client);
            continue;
        }
        $is_head = str_starts_with($step, "HEAD:");
        curl_setopt($client, $is_head ? CURLOPT_NOBODY : CURLOPT_HTTPGET, true);
        curl_setopt($client, CURLOPT_URL, $is_head ? substr($step, strlen("HEAD:")) : $step);
        curl_exec($client);
    }
    foreach (curl_getinfo($client, CURLINFO_COOKIELIST) as $cookie) {
        [, , $path, , $expires, $name] = explode("\t", $cookie);
        echo "jar $name $path ", $expires ? $expires - time() : "session", "\n";
    }
    echo "end\n";
}
