<?php
// PHP, on its own server: php -S 127.0.0.1:PORT php_app.php

$pairs = [];
foreach ($_COOKIE as $name => $value) {
    $pairs[] = [$name, $value];
}
header("Content-Type: application/json");
echo json_encode($pairs);
