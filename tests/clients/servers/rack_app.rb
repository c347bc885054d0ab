# Rack, on Puma. The requests of Rails and Sinatra are Rack's.

require "json"
require "rack"
require "rack/handler/puma"

app = lambda do |env|
  cookies = Rack::Request.new(env).cookies
  [200, { "Content-Type" => "application/json" }, [JSON.generate(cookies.to_a)]]
end

Rack::Handler::Puma.run(app, Host: "127.0.0.1", Port: ARGV[0])
